using System.Security.Cryptography;
using System.Text;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts.Tests;

public sealed class ArtifactTests
{
    private static readonly ContractArtifact[] Artifacts =
    [
        EnergyMarketContract.Artifact,
        MeterRegistryContract.Artifact,
        GreenCertificateContract.Artifact,
        CouncilContract.Artifact,
    ];

    [TestCaseSource(nameof(Artifacts))]
    public void Artifact_was_compiled_from_the_committed_sources(ContractArtifact artifact)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string folder = Path.Combine(SharedData.RepositoryRoot, "Contracts", "solidity");
        foreach (string file in Directory.GetFiles(folder, "*.sol").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData([0]);
            hash.AppendData(File.ReadAllBytes(file));
            hash.AppendData([0]);
        }

        Assert.That(
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            Is.EqualTo(artifact.SourceHash),
            "Run `npm ci && npm run build` in Contracts/build.");
    }

    [TestCaseSource(nameof(Artifacts))]
    public void Selectors_are_those_of_solc(ContractArtifact artifact)
    {
        Assert.That(artifact.Abi.Functions.Count(), Is.EqualTo(artifact.MethodIdentifiers.Count));
        foreach (AbiFunction function in artifact.Abi.Functions)
        {
            string signature = AbiFunction.SignatureOf(function.Name, function.Inputs);
            Assert.That(
                Convert.ToHexStringLower(function.Selector),
                Is.EqualTo(artifact.MethodIdentifiers[signature]),
                signature);
        }
    }

    [TestCaseSource(nameof(Artifacts))]
    public void Code_is_within_the_limit_of_the_evm(ContractArtifact artifact)
    {
        const int limit = 24_576;
        Assert.That(artifact.RuntimeCode.Length, Is.InRange(1, limit));
    }

    [TestCaseSource(nameof(Artifacts))]
    public void Contract_has_no_constructor(ContractArtifact artifact)
    {
        string folder = Path.Combine(SharedData.RepositoryRoot, "Contracts", "solidity");
        foreach (string file in Directory.GetFiles(folder, "*.sol"))
        {
            string text = File.ReadAllText(file);
            Assert.That(text, Does.Not.Contain("constructor(").And.Not.Contain(" immutable "), file);
        }

        Assert.That(artifact.Compiler, Is.EqualTo("solc 0.8.37"));
    }

    [Test]
    public void Unknown_contract_is_refused() =>
        Assert.That(() => ContractArtifact.Load("Nothing"), Throws.ArgumentException);
}
