package main

import (
	"fmt"
	"time"
)

const betweenLines = 20 * time.Millisecond

// write prints numbered lines to standard output, as a program that logs steadily.
func write(count int) {
	for number := range count {
		fmt.Println("line", number)
		time.Sleep(betweenLines)
	}
}
