/**
 * A web application whose controller blocks in common shapes of reactive code.
 */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
