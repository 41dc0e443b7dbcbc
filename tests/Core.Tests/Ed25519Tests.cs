using System.Text;
using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class Ed25519Tests
{
    [Test]
    public void SelfCheck_on_the_pinned_library_passes() => Assert.That(Ed25519SelfCheck.Run, Throws.Nothing);

    // Unreleased libsodium is cofactored (case 4), others accept small orders (case 0) or S over the group order
    // (case 6), and one could be stricter than the rule (case 3).
    [TestCase(0, "refuses")]
    [TestCase(1, "accepts")]
    [TestCase(2, "accepts")]
    [TestCase(3, "accepts")]
    public void SelfCheck_refuses_a_library_that_decides_one_case_otherwise(int deviating, string does)
    {
        int asked = 0;
        Assert.That(
            () => Ed25519SelfCheck.Run((key, message, signature) =>
                Ed25519.Verify(key, message, signature) ^ (asked++ == deviating)),
            Throws.InstanceOf<InvariantException>().With.Message.Contains(does));
        Assert.That(asked, Is.EqualTo(deviating + 1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void SelfCheck_refuses_a_library_that_always_says_the_same(bool answer) =>
        Assert.That(() => Ed25519SelfCheck.Run((_, _, _) => answer), Throws.InstanceOf<InvariantException>());

    [Test]
    public void Every_file_of_vectors_is_pinned_by_a_test_here()
    {
        string[] files =
        [
            .. Directory.GetFiles(SharedData.Path("vectors/ed25519"), "*.json").Select(Path.GetFileName).Order()!,
        ];
        Assert.That(files, Is.EqualTo(new[]
        {
            "cctv_ed25519vectors.json", "speccheck_cases.json", "wycheproof_ed25519_test.json",
        }));
    }

    // RFC 8032, section 7.1: key, message, signature.
    [TestCase(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [TestCase(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [TestCase(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Rfc_8032_vector_has_its_key_and_signature(string seed, string key, string message, string signature)
    {
        using SigningKey signing = SigningKey.FromSeed(Convert.FromHexString(seed));
        PublicKey publicKey = new(Convert.FromHexString(key));
        Assert.That(signing.PublicKey, Is.EqualTo(publicKey));
        Assert.That(
            Ed25519.Verify(
                publicKey, Convert.FromHexString(message), new Signature(Convert.FromHexString(signature))),
            Is.True);
    }

    [Test]
    public void Speccheck_only_case_3_is_accepted()
    {
        using JsonDocument cases = SharedData.Json("vectors/ed25519/speccheck_cases.json");
        bool[] accepted = [.. cases.RootElement.EnumerateArray().Select(item => Verifies(
            item.GetProperty("pub_key"), item.GetProperty("message"), item.GetProperty("signature")))];
        Assert.That(accepted, Is.EqualTo(Enumerable.Range(0, 12).Select(index => index == 3)));
    }

    // Torsion alone (low_order_component_*) does not make a signature wrong where the cofactorless equation holds.
    [Test]
    public void Cctv_accepted_are_exactly_those_whose_only_oddity_is_a_torsion_component()
    {
        using JsonDocument cases = SharedData.Json("vectors/ed25519/cctv_ed25519vectors.json");
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            byte[] message = Encoding.UTF8.GetBytes(item.GetProperty("msg").GetString()!);
            JsonElement flags = item.GetProperty("flags");
            bool expected = flags.ValueKind == JsonValueKind.Null || flags.EnumerateArray().All(
                flag => flag.GetString()!.StartsWith("low_order_component", StringComparison.Ordinal));
            Assert.That(
                Verifies(item.GetProperty("key"), message, item.GetProperty("sig")),
                Is.EqualTo(expected),
                $"vector {item.GetProperty("number")}, flags {flags}");
        }
    }

    [Test]
    public void Wycheproof_every_vector_has_its_published_result()
    {
        using JsonDocument cases = SharedData.Json("vectors/ed25519/wycheproof_ed25519_test.json");
        int count = 0;
        foreach (JsonElement group in cases.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            JsonElement key = group.GetProperty("publicKey").GetProperty("pk");
            foreach (JsonElement item in group.GetProperty("tests").EnumerateArray())
            {
                bool valid = item.GetProperty("result").GetString() == "valid";
                Assert.That(
                    Verifies(key, item.GetProperty("msg"), item.GetProperty("sig")),
                    Is.EqualTo(valid),
                    $"tcId {item.GetProperty("tcId")}: {item.GetProperty("comment")}");
                count++;
            }
        }

        Assert.That(count, Is.EqualTo(cases.RootElement.GetProperty("numberOfTests").GetInt32()));
    }

    [Test]
    [Property("Incident", "replay across chains")]
    public void Signature_of_one_use_or_chain_does_not_verify_for_another()
    {
        using SigningKey key = SigningKey.FromSeed(new byte[32]);
        byte[] bytes = [1, 2, 3];
        Signature signature = key.Sign(SigningDomain.Vote, new ChainId(1), bytes);

        Assert.That(Holds(SigningDomain.Vote, 1), Is.True);
        Assert.That(Holds(SigningDomain.Proposal, 1), Is.False);
        Assert.That(Holds(SigningDomain.Vote, 2), Is.False);

        bool Holds(SigningDomain domain, ulong chain) =>
            SignatureCheck.Holds(domain, new ChainId(chain), bytes, key.PublicKey, signature);
    }

    private static bool Verifies(JsonElement key, JsonElement message, JsonElement signature) =>
        Verifies(key, Convert.FromHexString(message.GetString()!), signature);

    private static bool Verifies(JsonElement key, byte[] message, JsonElement signature)
    {
        byte[] signatureBytes = Convert.FromHexString(signature.GetString()!);

        // A signature of another length than 64 bytes cannot even be expressed: the type refuses it.
        return signatureBytes.Length == Signature.Size
            && Ed25519.Verify(
                new PublicKey(Convert.FromHexString(key.GetString()!)), message, new Signature(signatureBytes));
    }
}
