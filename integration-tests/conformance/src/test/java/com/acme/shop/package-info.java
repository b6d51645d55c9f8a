/**
 * The parts that programs are made of. They stand for an application; under other names,
 * the same classes stand for a library and for a framework.
 */
@NullMarked
package com.acme.shop;

import org.jspecify.annotations.NullMarked;
