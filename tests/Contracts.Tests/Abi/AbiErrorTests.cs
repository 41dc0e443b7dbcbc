using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts.Tests.Abi;

public sealed class AbiErrorTests
{
    [Test]
    public void Custom_error_is_told_with_its_names_and_values()
    {
        byte[] revert = EnergyMarketContract.Artifact.Abi.Error("GateClosed").Encode(7UL, 12UL, 13UL);
        Assert.That(
            ContractErrors.Describe(revert),
            Is.EqualTo("GateClosed(slot: 7, gateClosure: 12, timeNow: 13)"));
        Assert.That(ContractErrors.TryName(revert, out string name), Is.True);
        Assert.That(name, Is.EqualTo("GateClosed"));
    }

    [Test]
    public void Error_of_the_registry_is_known_as_well()
    {
        byte[] revert = MeterRegistryContract.Artifact.Abi.Error("DuplicateRecord").Encode(4UL, 5UL);
        Assert.That(ContractErrors.Describe(revert), Is.EqualTo("DuplicateRecord(slot: 4, lastSlot: 5)"));
    }

    [Test]
    public void Solidity_error_and_panic_are_told()
    {
        AbiError error = new("Error", [new AbiParameter("reason", new AbiType.Text())]);
        AbiError panic = new("Panic", [new AbiParameter("code", new AbiType.UInt(256))]);
        Assert.That(ContractErrors.Describe(error.Encode("no")), Is.EqualTo("Error(reason: \"no\")"));
        Assert.That(ContractErrors.Describe(panic.Encode(17UL)), Is.EqualTo("Panic(code: 17)"));
    }

    [TestCase("", ExpectedResult = "reverted without a reason")]
    [TestCase("deadbeef", ExpectedResult = "reverted with 0xdeadbeef")]
    public string Unknown_bytes_are_shown(string hex) => ContractErrors.Describe(Convert.FromHexString(hex));
}
