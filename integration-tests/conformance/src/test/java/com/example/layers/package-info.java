/**
 * A library.
 */
@NullMarked
package com.example.layers;

import org.jspecify.annotations.NullMarked;
