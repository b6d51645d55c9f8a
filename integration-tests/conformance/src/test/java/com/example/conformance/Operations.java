package com.example.conformance;

/**
 * Operations of one area: a bean of the application with a method for each.
 */
interface Operations {

}
