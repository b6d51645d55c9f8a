/**
 * What waits while event loops stand still.
 */
package com.example.waited;
