/**
 * Attribution of requests to tests, and the slice for controllers.
 */
@NullMarked
package io.github.loopguard.test.web;

import org.jspecify.annotations.NullMarked;
