using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>Compiles each schema once.</summary>
internal sealed class SchemaCatalog
{
    private const int Kept = 10_000;
    private readonly ConcurrentDictionary<UInt128, CompiledSchema> known = new();

    /// <exception cref="SchemaException">The schema uses what structured outputs do not support.</exception>
    public CompiledSchema Compile(JsonElement schema)
    {
        var hash = SHA256.HashData(JsonText.Raw(schema));
        var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
        if (known.TryGetValue(key, out var compiled))
        {
            return compiled;
        }
        if (known.Count >= Kept)
        {
            known.Clear();
        }
        var root = new SchemaCompiler(schema).Compile();
        var purpose = Has(root, "intent") ? "analysis" : Has(root, "reply") ? "draft" : "other";
        return known[key] = new CompiledSchema(root, purpose, hash);
    }

    private static bool Has(SchemaNode node, string name) => node switch
    {
        ObjectNode thing => thing.Members.Any(member => member.Name == name || Has(member.Node, name)),
        ArrayNode list => Has(list.Items, name),
        UnionNode union => union.Branches.Any(branch => Has(branch, name)),
        _ => false,
    };
}
