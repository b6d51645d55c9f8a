/**
 * An application that uses what blocks again and again.
 */
@NullMarked
package com.example.lazy;

import org.jspecify.annotations.NullMarked;
