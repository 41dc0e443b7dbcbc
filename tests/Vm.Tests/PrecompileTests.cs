using System.Globalization;
using System.Text;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Precompiles;

namespace EnergyChain.Vm.Tests;

public sealed class PrecompileTests
{
    private const string Blake2State =
        "48c9bdf267e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5"
        + "d182e6ad7f520e511f6c3e2b8c68059b6bbd41fbabd9831f79217e1319cde05b";

    private const string Blake2Message =
        "6162630000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000"
        + "03000000000000000000000000000000";

    [TestCase(2U, "616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 72UL)]
    [TestCase(3U, "616263", "0000000000000000000000008eb208f7e05d987a9b044a8e98c6b087f15a0bfc", 720UL)]
    [TestCase(4U, "616263", "616263", 18UL)]
    [TestCase(2U, "000000000000000000000000000000000000000000000000000000000000000000",
        "7f9c9e31ac8256ca2f258583df262dbc7d6f68f2a03043d5c99a4ae5a7396ce9", 84UL)]
    [TestCase(3U, "000000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000086e7b522eff410f32d3792afc4889fabcab40791", 840UL)]
    [TestCase(4U, "000000000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000000000000000000000", 21UL)]
    public void Hash_precompile_gives_the_published_digest(uint number, string input, string expected, ulong gas) =>
        Check(number, input, expected, gas);

    // Vectors 4 to 7 of EIP-152; the second is BLAKE2b-512 of "abc" (RFC 7693, appendix A).
    [TestCase("00000000", "01",
        "08c9bcf367e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5"
        + "d282e6ad7f520e511f6c3e2b8c68059b9442be0454267ce079217e1319cde05b", 0UL)]
    [TestCase("0000000c", "01",
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923", 12UL)]
    [TestCase("0000000c", "00",
        "75ab69d3190a562c51aef8d88f1c2775876944407270c42c9844252c26d28752"
        + "98743e7f6d5ea2f2d3e8d226039cd31b4e426ac4f2d3d666a610c2116fde4735", 12UL)]
    [TestCase("00000001", "01",
        "b63a380cb2897d521994a85234ee2c181b5f844d2c624c002677e9703449d2fb"
        + "a551b3a8333bcdf5f2f7e08993d53923de3d64fcc68c034e717b9293fed7a421", 1UL)]
    public void Blake2f_gives_the_vectors_of_the_eip(string rounds, string final, string expected, ulong gas) =>
        Check(9, rounds + Blake2State + Blake2Message + final, expected, gas);

    [TestCase("0000000c", "02")]
    [TestCase("0000000c", "")]
    [TestCase("00000c", "01")]
    public void Blake2f_refuses_malformed_input(string rounds, string final) => Assert.That(
        Call(9, rounds + Blake2State + Blake2Message + final).Status, Is.EqualTo(ExecutionStatus.PrecompileFailure));

    // The two examples of EIP-198, priced as in EIP-2565.
    [TestCase(
        "0000000000000000000000000000000000000000000000000000000000000001"
        + "0000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000020"
        + "03"
        + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2e"
        + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        "0000000000000000000000000000000000000000000000000000000000000001", 1_360UL)]
    [TestCase(
        "0000000000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000020"
        + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2e"
        + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        "0000000000000000000000000000000000000000000000000000000000000000", 1_360UL)]
    [TestCase("", "", 200UL)]
    public void Modexp_gives_the_examples_of_the_eip(string input, string expected, ulong gas) =>
        Check(5, input, expected, gas);

    // The first eleven are go-ethereum's "nagydani" vectors; the last has 8 * (33 - 32) + 255 iterations.
    [TestCase(64, "02", 200UL)]
    [TestCase(64, "03", 200UL)]
    [TestCase(64, "010001", 341UL)]
    [TestCase(128, "02", 200UL)]
    [TestCase(128, "010001", 1_365UL)]
    [TestCase(256, "02", 341UL)]
    [TestCase(256, "010001", 5_461UL)]
    [TestCase(512, "02", 1_365UL)]
    [TestCase(512, "010001", 21_845UL)]
    [TestCase(1_024, "02", 5_461UL)]
    [TestCase(1_024, "010001", 87_381UL)]
    [TestCase(32, "800000000000000000000000000000000000000000000000000000000000000000", 1_402UL)]
    public void Modexp_costs_by_its_lengths_and_its_exponent(int size, string exponent, ulong gas)
    {
        string length = size.ToString("x64", CultureInfo.InvariantCulture);
        string exponentLength = (exponent.Length / 2).ToString("x64", CultureInfo.InvariantCulture);
        string number = new('f', 2 * size);
        ExecutionResult result = Call(5, length + exponentLength + length + number + exponent + number);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(result.GasUsed, Is.EqualTo(gas));
    }

    [Test]
    public void Modexp_of_endless_lengths_is_out_of_gas()
    {
        string lengths = new('f', 3 * 64);
        Assert.That(Call(5, lengths).Status, Is.EqualTo(ExecutionStatus.OutOfGas));
        Assert.That(Call(5, new string('0', 64) + new string('f', 64) + new string('0', 64)).Status,
            Is.EqualTo(ExecutionStatus.Success));
    }

    // From go-ethereum's ecRecover vectors: one sound signature, and v, r, s that no key gives.
    [TestCase("1c", "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f",
        "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549",
        "000000000000000000000000a94f5374fce5edbc8e2a8697c15331677e6ebf0b")]
    [TestCase("1d", "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f",
        "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549", "")]
    [TestCase("1c", "0000000000000000000000000000000000000000000000000000000000000000",
        "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549", "")]
    [TestCase("1c", "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", "")]
    public void Ecrecover_gives_the_signer_or_nothing(string v, string r, string s, string expected) => Check(
        1,
        "18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c" + v.PadLeft(64, '0') + r + s,
        expected,
        3_000);

    [Test]
    public void Ed25519_accepts_a_signature_and_refuses_a_changed_one()
    {
        // RFC 8032, 7.1, test 2.
        const string key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        const string signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        string one = new string('0', 63) + "1";
        string zero = new('0', 64);
        CheckAt(PrecompileTable.Ed25519Address, key + signature + "72", one, 3_048);
        CheckAt(PrecompileTable.Ed25519Address, key + signature + "73", zero, 3_048);
        CheckAt(PrecompileTable.Ed25519Address, key + signature, zero, 3_036);
        CheckAt(PrecompileTable.Ed25519Address, key, zero, 3_012);
    }

    [Test]
    public void Precompile_runs_out_of_gas_and_keeps_no_value()
    {
        VmHost host = new();
        ExecutionResult result = host.Run(Address.FromNumber(2), Encoding.ASCII.GetBytes("abc"), gas: 71, value: 5);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.OutOfGas));
        Assert.That(host.State.GetBalance(Address.FromNumber(2)).IsZero, Is.True);
    }

    private static void Check(uint number, string input, string expected, ulong gas) =>
        CheckAt(Address.FromNumber(number), input, expected, gas);

    private static void CheckAt(Address address, string input, string expected, ulong gas)
    {
        ExecutionResult result = new VmHost().Run(address, Convert.FromHexString(input));
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(Convert.ToHexStringLower(result.ReturnData.Span), Is.EqualTo(expected));
        Assert.That(result.GasUsed, Is.EqualTo(gas));
    }

    private static ExecutionResult Call(uint number, string input) =>
        new VmHost().Run(Address.FromNumber(number), Convert.FromHexString(input));
}
