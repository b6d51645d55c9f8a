/**
 * The Java in the documentation compiles.
 */
package com.example.snippet;
