/**
 * Random programs of which it is known which of their methods block, how often and for
 * how long.
 */
@NullMarked
package com.example.fuzz;

import org.jspecify.annotations.NullMarked;
