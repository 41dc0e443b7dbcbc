using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.Tests;

public sealed class ContractAddressTests
{
    // The first contracts of the account in the Ethereum wiki's example.
    [TestCase(0UL, "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d")]
    [TestCase(1UL, "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8")]
    [TestCase(2UL, "0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91")]
    public void Create_address_of_a_known_account(ulong nonce, string expected) =>
        Assert.That(
            ContractAddress.OfNonce(At("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0"), nonce), Is.EqualTo(At(expected)));

    [Test]
    public void Create_address_differs_for_each_length_of_the_nonce()
    {
        ulong[] nonces = [0, 1, 127, 128, 255, 256, 65_535, 65_536, ulong.MaxValue];
        Assert.That(nonces.Select(nonce => ContractAddress.OfNonce(VmHost.Caller, nonce)), Is.Unique);
    }

    // The examples of EIP-1014.
    [TestCase("0x0000000000000000000000000000000000000000", "0x0", "0x00",
        "0x4d1a2e2bb4f88f0250f26ffff098b0b30b26bf38")]
    [TestCase("0xdeadbeef00000000000000000000000000000000", "0x0", "0x00",
        "0xb928f69bb1d91cd65274e3c79d8986362984fda3")]
    [TestCase("0xdeadbeef00000000000000000000000000000000",
        "0xfeed000000000000000000000000000000000000", "0x00", "0xd04116cdd17bebe565eb2422f2497e06cc1c9833")]
    [TestCase("0x00000000000000000000000000000000deadbeef", "0xcafebabe", "0xdeadbeef",
        "0x60f3f640a8508fc6a86d45df051962668e1e8ac7")]
    [TestCase("0x0000000000000000000000000000000000000000", "0x0", "0x", "0xe33c0c7f7df4809055c3eba6c09cfe4baf1bd9e0")]
    public void Create2_address_of_the_eip(string creator, string salt, string initCode, string expected)
    {
        Assert.That(UInt256.TryParse(salt, out UInt256 number), Is.True);
        Assert.That(Hex.TryDecode(initCode, 100, out byte[] code), Is.True);
        Assert.That(ContractAddress.OfSalt(At(creator), number, code), Is.EqualTo(At(expected)));
    }

    private static Address At(string text) =>
        Address.TryParse(text, out Address address) ? address : throw new FormatException(text);
}
