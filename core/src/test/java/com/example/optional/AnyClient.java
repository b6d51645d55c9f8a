package com.example.optional;

/**
 * What all clients have.
 */
abstract class AnyClient implements Fetching {

}
