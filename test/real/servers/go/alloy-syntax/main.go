// Reads Alloy configurations with Alloy's own parser and prints what it understood, as JSON: a list of files in, a list of trees out.
// With the argument `expressions` it reads regular expressions as Alloy does, and says of each what is wrong with it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/token"
)

type answer struct {
	Error  string  `json:"error,omitempty"`
	Blocks []block `json:"blocks,omitempty"`
}

type block struct {
	Name       string         `json:"name"`
	Label      string         `json:"label,omitempty"`
	Attributes map[string]any `json:"attributes"`
	Blocks     []block        `json:"blocks"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	answers := make([]answer, len(texts))
	for i, text := range texts {
		if len(os.Args) > 1 && os.Args[1] == "expressions" {
			if _, err := regexp.Compile(text); err != nil {
				answers[i].Error = err.Error()
			}
			continue
		}
		file, err := parser.ParseFile("config.alloy", []byte(text))
		if err != nil {
			answers[i].Error = err.Error()
			continue
		}
		answers[i].Blocks = body(file.Body).Blocks
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func body(statements ast.Body) block {
	read := block{Attributes: map[string]any{}, Blocks: []block{}}
	for _, statement := range statements {
		switch s := statement.(type) {
		case *ast.AttributeStmt:
			read.Attributes[s.Name.Name] = value(s.Value)
		case *ast.BlockStmt:
			inner := body(s.Body)
			inner.Name = strings.Join(s.Name, ".")
			inner.Label = s.Label
			read.Blocks = append(read.Blocks, inner)
		}
	}
	return read
}

// A string is what it says, a reference or a call is {"$": its text}.
func value(expression ast.Expr) any {
	switch e := expression.(type) {
	case *ast.LiteralExpr:
		switch e.Kind {
		case token.STRING:
			text, err := strconv.Unquote(e.Value)
			if err != nil {
				return map[string]string{"$": err.Error()}
			}
			return text
		case token.BOOL:
			return e.Value == "true"
		default:
			return json.Number(e.Value)
		}
	case *ast.ArrayExpr:
		items := make([]any, len(e.Elements))
		for i, item := range e.Elements {
			items[i] = value(item)
		}
		return items
	case *ast.ObjectExpr:
		fields := map[string]any{}
		for _, field := range e.Fields {
			fields[field.Name.Name] = value(field.Value)
		}
		return fields
	case *ast.UnaryExpr:
		return json.Number(e.Kind.String() + fmt.Sprint(value(e.Value)))
	default:
		return map[string]string{"$": path(expression)}
	}
}

func path(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.IdentifierExpr:
		return e.Ident.Name
	case *ast.AccessExpr:
		return path(e.Value) + "." + e.Name.Name
	case *ast.CallExpr:
		arguments := make([]string, len(e.Args))
		for i, argument := range e.Args {
			text, _ := json.Marshal(value(argument))
			arguments[i] = string(text)
		}
		return path(e.Value) + "(" + strings.Join(arguments, ", ") + ")"
	default:
		return fmt.Sprintf("%T", expression)
	}
}
