/**
 * An application whose every handler blocks.
 */
package com.example.mistakes;
