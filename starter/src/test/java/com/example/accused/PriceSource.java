package com.example.accused;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An interface, so that its implementation is proxied by the JDK.
 */
interface PriceSource {

	int price(Path path) throws IOException;

}
