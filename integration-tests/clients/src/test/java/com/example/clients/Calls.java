package com.example.clients;

/**
 * Calls of clients.
 */
interface Calls {

}
