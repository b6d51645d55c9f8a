package com.example.attribution;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An interface, so that its implementation is proxied by the JDK.
 */
interface PriceSource {

	int price(Path path) throws IOException;

}
