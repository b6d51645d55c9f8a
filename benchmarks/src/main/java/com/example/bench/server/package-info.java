@NullMarked
package com.example.bench.server;

import org.jspecify.annotations.NullMarked;
