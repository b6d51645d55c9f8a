package com.example.store;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;

/**
 * Something that is sold.
 *
 * @param id number in the database, or {@code null} if it is not there yet
 * @param name what it is
 */
record Article(@Id @Nullable Long id, String name) {
}
