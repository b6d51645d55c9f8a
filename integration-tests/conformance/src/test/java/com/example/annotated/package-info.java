/**
 * Code that says of itself that it blocks.
 */
@NullMarked
package com.example.annotated;

import org.jspecify.annotations.NullMarked;
