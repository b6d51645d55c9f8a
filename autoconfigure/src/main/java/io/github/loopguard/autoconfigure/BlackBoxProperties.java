package io.github.loopguard.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Recording of event loops in a file that outlives the process.
 *
 * @since 0.2
 */
public class BlackBoxProperties {

	/**
	 * Whether event loops are recorded. By default they are if a directory is named, and
	 * in production if the directory for temporary files is writable.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Directory of the file. Unless set, the one for temporary files.
	 */
	private @Nullable String directory;

	/**
	 * Size of the file. When it is full, the oldest entries are written over.
	 */
	private DataSize size = DataSize.ofMegabytes(4);

	/**
	 * Maximum number of files of this application that are kept, with the one that is
	 * written. A clean exit leaves none.
	 */
	private int keep = 5;

	/**
	 * Port that answers how event loops are doing while they are stuck.
	 */
	private final Http http = new Http();

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable String directory) {
		this.directory = directory;
	}

	public DataSize getSize() {
		return this.size;
	}

	public void setSize(DataSize size) {
		this.size = size;
	}

	public int getKeep() {
		return this.keep;
	}

	public void setKeep(int keep) {
		this.keep = keep;
	}

	public Http getHttp() {
		return this.http;
	}

	/**
	 * Port that answers how event loops are doing while they are stuck.
	 */
	public static class Http {

		/**
		 * Port that answers GET /stall; 0 for any that is free. Nothing is answered
		 * unless set.
		 */
		private @Nullable Integer port;

		/**
		 * Address that the port is bound to. HTTP probes of Kubernetes need 0.0.0.0.
		 */
		private String address = "127.0.0.1";

		/**
		 * Time that an event loop may be stuck. When it is over, the status of the answer
		 * is 503.
		 */
		private Duration limit = Duration.ofSeconds(10);

		public @Nullable Integer getPort() {
			return this.port;
		}

		public void setPort(@Nullable Integer port) {
			this.port = port;
		}

		public String getAddress() {
			return this.address;
		}

		public void setAddress(String address) {
			this.address = address;
		}

		public Duration getLimit() {
			return this.limit;
		}

		public void setLimit(Duration limit) {
			this.limit = limit;
		}

	}

}
