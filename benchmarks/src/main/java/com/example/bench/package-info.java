@NullMarked
package com.example.bench;

import org.jspecify.annotations.NullMarked;
