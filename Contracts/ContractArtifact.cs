using System.Text.Json;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts;

/// <summary>A compiled contract as committed in artifacts/ and embedded in this assembly. Immutable.</summary>
public sealed class ContractArtifact
{
    private readonly byte[] _runtimeCode;

    private ContractArtifact(JsonElement json)
    {
        ContractName = json.GetProperty("contractName").GetString()!;
        Compiler = json.GetProperty("compiler").GetString()!;
        SourceHash = json.GetProperty("sourceHash").GetString()!;
        Abi = ContractAbi.FromJson(json.GetProperty("abi"));
        StorageLayout = StorageLayout.FromJson(json.GetProperty("storageLayout"));
        _runtimeCode = Convert.FromHexString(json.GetProperty("deployedBytecode").GetString().AsSpan(2));
        MethodIdentifiers = json.GetProperty("methodIdentifiers").EnumerateObject()
            .ToDictionary(method => method.Name, method => method.Value.GetString()!, StringComparer.Ordinal);
    }

    public string ContractName { get; }

    public string Compiler { get; }

    /// <summary>SHA-256 of all sources, as Contracts/build/build.js defines it.</summary>
    public string SourceHash { get; }

    public ContractAbi Abi { get; }

    public StorageLayout StorageLayout { get; }

    /// <summary>Selectors as solc gives them, by signature.</summary>
    public IReadOnlyDictionary<string, string> MethodIdentifiers { get; }

    /// <summary>The code that runs: what genesis stores at the contract's address.</summary>
    public ReadOnlySpan<byte> RuntimeCode => _runtimeCode;

    /// <summary>Throws <see cref="ArgumentException"/> for a contract this assembly does not hold.</summary>
    public static ContractArtifact Load(string contractName)
    {
        string resource = $"EnergyChain.Contracts.{contractName}.json";
        using Stream stream = typeof(ContractArtifact).Assembly.GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"There is no contract '{contractName}'.", nameof(contractName));
        using JsonDocument document = JsonDocument.Parse(stream);
        return new ContractArtifact(document.RootElement);
    }
}
