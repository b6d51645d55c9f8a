/**
 * Uses Loopguard's test support as the tests of an application do.
 */
@NullMarked
package com.example.slice;

import org.jspecify.annotations.NullMarked;
