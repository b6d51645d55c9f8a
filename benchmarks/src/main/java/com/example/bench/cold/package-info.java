/**
 * A trivial application whose first request is watched.
 */
@NullMarked
package com.example.bench.cold;

import org.jspecify.annotations.NullMarked;
