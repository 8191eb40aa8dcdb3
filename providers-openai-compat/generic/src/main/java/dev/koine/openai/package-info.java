/** The dialect {@code openai}. */
package dev.koine.openai;
