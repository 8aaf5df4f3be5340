package main

import (
	"fmt"
	"time"
)

// write prints numbered lines to standard output, as a program that logs steadily.
func write(count, perSecond int) {
	for number := range count {
		fmt.Println("line", number)
		time.Sleep(time.Second / time.Duration(perSecond))
	}
}
