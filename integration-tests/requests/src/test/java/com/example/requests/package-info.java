/**
 * An application behind Spring Security whose handlers block.
 */
@NullMarked
package com.example.requests;

import org.jspecify.annotations.NullMarked;
