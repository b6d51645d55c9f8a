/**
 * An application that blocks for a known time.
 */
@NullMarked
package com.example.held;

import org.jspecify.annotations.NullMarked;
