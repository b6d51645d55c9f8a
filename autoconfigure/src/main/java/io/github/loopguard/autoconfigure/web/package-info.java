/**
 * Attribution of violations to requests.
 */
@NullMarked
package io.github.loopguard.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
