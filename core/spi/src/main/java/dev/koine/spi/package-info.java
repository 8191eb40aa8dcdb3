/** What a dialect implements, and the few values it is given and gives back. */
package dev.koine.spi;
