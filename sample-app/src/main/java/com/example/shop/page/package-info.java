/**
 * The start page with a button for each form of each operation.
 */
@NullMarked
package com.example.shop.page;

import org.jspecify.annotations.NullMarked;
