/**
 * Reactive drivers that share few connections, against real servers.
 */
package com.example.driver;
