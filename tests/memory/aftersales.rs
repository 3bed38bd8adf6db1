//! The paper of after-sales, and what its steps record.

use super::Folder;

/// A ticket of a customer at a site, of a model; each component is a fault.
pub fn ticket(place: (&str, &str, &str), rest: &str, faults: &[&str]) -> String {
    let (customer, site, model) = place;
    let faults: String =
        faults.iter().map(|part| format!("[[fault]]\ncomponent = \"{part}\"\nsymptom = \"坏\"\n")).collect();
    format!(
        "customer = \"{customer}\"\nsite = \"{site}\"\nmodel = \"{model}\"\nreporter = \"李\"\narranged_by = \"us\"\nphoto = [\"a.png\"]\n{rest}\n{faults}"
    )
}

/// A quote of one price.
pub fn quote(ticket: &str, agency: &str, price: &str) -> String {
    format!(
        "repair = \"{ticket}\"\nagency = \"{agency}\"\n[[line]]\ncomponent = \"glass\"\nquantity = 1\nprice = \"{price}\"\nwork = \"换\"\n"
    )
}

/// A request of parts for a record.
pub fn parts(source: &str, line: &str) -> String {
    format!("source = \"{source}\"\napplicant = \"李\"\naddress = \"路 1\"\n[[line]]\n{line}\n")
}

/// A shipment of one model.
pub fn shipment(model: &str, quantity: u32) -> String {
    format!(
        "order = [\"DD-261020-YX-1\"]\ncarrier = \"K1\"\ndepart = 2026-11-28\narrive = 2026-11-30\npackages = 1\nvolume = \"1\"\nfreight = \"300\"\nconsignee = \"店\"\naddress = \"路 1\"\n[[line]]\nmodel = \"{model}\"\nquantity = {quantity}\n"
    )
}

pub const G1: &str = "agency = \"G1\"";
pub const G2: &str = "agency = \"G2\"";
pub const QUALITY: &str = "cause = \"quality\"";
pub const MENDED: &str = "worker = \"王\"";
pub const SIGNED: &str = "rep = \"蔡\"\nphoto = [\"b.png\"]";
pub const WORKING: &str = "result = \"working\"";
pub const SENT: &str = "carrier = \"顺丰\"\nwaybill = \"1\"";

/// The lists of a small department and nothing else.
pub fn lists() -> Folder {
    let mut folder = Folder::default();
    folder
        .file("cs.toml", "name = \"客服部\"\ntime_zone = \"Asia/Shanghai\"\n")
        .file("lists/staff.csv", "code,name,roles\nYX,杨雪,specialist\nLL,李雷,specialist;after_sales\n")
        .file("lists/customers.csv", "code,name,brand,owner\nC1,成都展示,Alpha,YX\nC2,上海专柜,Beta,LL\n")
        .file("lists/sites.csv", "code,customer,mall,city\nS1,C1,春熙店,成都\nS2,C2,静安店,上海\n")
        .file("lists/agencies.csv", "code,name\nG1,艺城\nG2,恒信\n")
        .file("lists/products.csv", "model,name\nM1,玻璃展柜\nM2,旋转展台\n")
        .file("lists/carriers.csv", "code,name\nK1,顺达\n");
    folder
}
