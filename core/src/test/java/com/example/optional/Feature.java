package com.example.optional;

/**
 * Is absent where nobody needs it.
 */
public interface Feature {

}
