/** The dialect {@code azure}. */
package dev.koine.azure;
