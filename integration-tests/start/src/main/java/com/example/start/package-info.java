/**
 * An application to be started in every way there is.
 */
package com.example.start;
