/**
 * An application that keeps what it has in a database, in its usual layout.
 */
@NullMarked
package com.example.store;

import org.jspecify.annotations.NullMarked;
