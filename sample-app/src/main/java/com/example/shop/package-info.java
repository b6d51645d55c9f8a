/**
 * The sample application: a small shop that blocks its event loops in every documented
 * way.
 */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
