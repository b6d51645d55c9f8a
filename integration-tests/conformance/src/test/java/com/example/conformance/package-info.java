/**
 * An application of somebody else's, which blocks its event loops in every documented
 * way.
 */
@NullMarked
package com.example.conformance;

import org.jspecify.annotations.NullMarked;
