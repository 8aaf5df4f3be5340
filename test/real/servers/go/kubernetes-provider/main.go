// Command kubernetes-provider is Pulumi's Kubernetes provider. The module's own main embeds two files that its release build
// generates and that the module does not contain. ../../tools/kubernetes-provider.ts generates them from the module's schema.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

//go:embed schema-embed.json
var schema []byte

//go:embed terraform-mapping-embed.json
var mapping []byte

func main() { provider.Serve("kubernetes", version.Version, schema, mapping) }
