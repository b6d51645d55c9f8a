/**
 * What is reported of calls of one kind each: what was called, by whom and how often.
 */
@NullMarked
package com.example.called;

import org.jspecify.annotations.NullMarked;
