/**
 * Tells a web application which test a request comes from, and the slice for controllers.
 */
@NullMarked
package io.github.loopguard.test.web;

import org.jspecify.annotations.NullMarked;
