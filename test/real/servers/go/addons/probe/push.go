package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

const giveUpAfter = 3 * time.Minute

// push sends `count` lines to Loki's push API and returns the number of acknowledged lines. A line that was refused or not answered is
// sent again with the same timestamp, as Alloy does, so Loki stores it once.
func push(client http.Client, url, label string, count int) int {
	deadline := time.Now().Add(giveUpAfter)
	for number := range count {
		body := fmt.Sprintf(`{"streams":[{"stream":{"test":%q},"values":[["%d","line %d"]]}]}`, label, time.Now().UnixNano(), number)
		for !acknowledged(client, url, body) {
			if time.Now().After(deadline) {
				return number
			}
			time.Sleep(200 * time.Millisecond)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return count
}

func acknowledged(client http.Client, url, body string) bool {
	response, err := client.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusNoContent
}
