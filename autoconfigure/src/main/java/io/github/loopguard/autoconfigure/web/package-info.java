/**
 * Which request an event loop works on.
 */
@NullMarked
package io.github.loopguard.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
