/**
 * An application of the kind people write, which blocks no event loop.
 */
package com.example.clean;
