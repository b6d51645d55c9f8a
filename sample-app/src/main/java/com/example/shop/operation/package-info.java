/**
 * Every documented operation in its blocking form and, beside it, fixed.
 */
package com.example.shop.operation;
