/**
 * An application that blocks in transactions.
 */
@NullMarked
package com.example.enclosed;

import org.jspecify.annotations.NullMarked;
