/**
 * Every documented operation in its blocking form and, beside it, fixed.
 */
@NullMarked
package com.example.shop.operation;

import org.jspecify.annotations.NullMarked;
