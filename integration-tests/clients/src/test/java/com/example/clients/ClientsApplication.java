package com.example.clients;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application that uses blocking clients of every kind on its event loops.
 */
@SpringBootApplication
class ClientsApplication {

}
