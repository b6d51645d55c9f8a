package io.github.loopguard.blackbox.recorder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The responses to requests.
 *
 * @param down whether the application does not work
 * @param json how the event loops are doing
 */
record StallResponses(boolean down, String json) {

	private static final Pattern REQUEST = Pattern.compile("([A-Z]{1,20}) (/[!-~]*|\\*|http://[!-~]*) HTTP/1\\.[01]");

	private static final Pattern PATH = Pattern.compile("(?:http://[^/]*)?/stall/?(?:\\?.*)?");

	/**
	 * Returns the response to a request.
	 * @param line the first line of the request
	 */
	ByteBuffer to(String line) {
		Matcher request = REQUEST.matcher(line);
		if (!request.matches()) {
			return of("400 Bad Request", "", "{\"error\":\"not a request of HTTP/1.1\"}\n", true);
		}
		boolean head = request.group(1).equals("HEAD");
		if (!PATH.matcher(request.group(2)).matches()) {
			return of("404 Not Found", "", "{\"error\":\"only /stall is here\"}\n", !head);
		}
		if (!head && !request.group(1).equals("GET")) {
			return of("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "{\"error\":\"only GET is allowed\"}\n", true);
		}
		return of(this.down ? "503 Service Unavailable" : "200 OK", "", this.json, !head);
	}

	static ByteBuffer tooLarge() {
		return of("431 Request Header Fields Too Large", "", "{\"error\":\"the request is too large\"}\n", true);
	}

	private static ByteBuffer of(String status, String headers, String body, boolean withBody) {
		String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
				+ "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n" + headers
				+ "Connection: close\r\n\r\n";
		return ByteBuffer.wrap((withBody ? head + body : head).getBytes(StandardCharsets.US_ASCII));
	}

}
